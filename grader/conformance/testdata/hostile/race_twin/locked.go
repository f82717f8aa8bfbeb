//go:build race

package counter
