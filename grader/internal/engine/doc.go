// Package engine grades a submission: it joins the packages that each know one
// thing, policy, instrument, build and sandbox, and scores what comes back.
package engine
