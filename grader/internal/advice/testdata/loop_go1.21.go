package p

func shared(names []string, say func(string)) {
	for _, name := range names {
		go func() {
			say(name) // advice: the variable of the loop
		}()
	}
}
