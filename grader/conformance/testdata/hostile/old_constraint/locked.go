// +build !race

package counter
