// want: refused
// Trick: a program of its own instead of the package.

package main

func main() { println("100/100") }
