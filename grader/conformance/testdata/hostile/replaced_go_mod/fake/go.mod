module example.com/gokata/grader/suites/counter
