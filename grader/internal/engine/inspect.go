package engine

import (
	"go/types"
	"go/version"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/advice"
	"example.com/gokata/grader/internal/build"
	"example.com/gokata/grader/internal/policy"
)

// unfit returns why a submission is refused, as far as that can be said
// without knowing what the imported packages declare.
func unfit(job Job) []grader.Diagnostic {
	if len(job.Unread) > 0 {
		return job.Unread
	}
	return policy.Check(job.Exercise, job.Submission)
}

// inspection is what was found by reading a submission.
type inspection struct {
	refused []grader.Diagnostic
	advice  []grader.Diagnostic
}

// inspect reads a submission that is not unfit, while it is being built. If it
// has to be refused all the same, the build need not go on: then stop is
// called.
func inspect(job Job, env *build.Environment, importer types.Importer, stop func()) inspection {
	if refused := policy.CheckTypes(job.Exercise, job.Submission, importer); len(refused) > 0 {
		stop()
		return inspection{refused: refused}
	}
	if job.Schedule != "" {
		return inspection{} // who looks at one schedule has had the advice
	}
	return inspection{advice: advice.Check(advice.Package{
		Path: env.ExercisePath(), Lang: version.Lang(env.Go), Files: job.Submission.Files, Importer: importer,
	})}
}
