package inner

type Counter struct{}
