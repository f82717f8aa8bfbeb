module example.com/gokata
