package procqueue

import (
	"testing"

	"example.com/gokata/grader/suite"
)

func TestSuite(t *testing.T) { suite.Test(t, Suite) }
