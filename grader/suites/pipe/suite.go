// Package pipe is the hidden suite of the exercise pipe.
package pipe

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// few is how many schedules are enough for a case with a single goroutine.
const few = 10

// Suite checks submissions to the exercise pipe. The numbers under Contract are
// those of the promises in its statement. What the goroutines of one process do
// with an end is checked under the scheduler, over streams in memory; what takes
// descriptors, or a second process, in real time.
var Suite = suite.Suite{
	Exercise: "pipe",
	Main:     child.Main(roles),
	Cases: []suite.Case{
		{
			Name: "two-ends", Aspect: grader.Result, Points: 4, Contract: 1, Real: true, Run: child.Case(twoEnds),
			Why: "Whatever goes into one end comes out of the other, message by message.",
		},
		{
			Name: "any-length", Aspect: grader.Result, Points: 4, Contract: 1, Real: true, Run: child.Case(anyLength),
			Why: "A picture is a message as well as a single letter, and a pipe holds less than a picture.",
		},
		{
			Name: "short-reads", Aspect: grader.Result, Points: 4, Contract: 6, Run: shortReads, Schedules: few,
			Why: "A pipe knows bytes and no messages, and hands out as many as happen to be there.",
		},
		{
			Name: "stream-errors", Aspect: grader.Result, Points: 2, Contract: 6, Run: streamErrors, Schedules: few,
			Why: "Who takes a failed Send for a message on its way waits for the answer for ever.",
		},
		{
			Name: "half-a-message", Aspect: grader.Result, Points: 5, Contract: 9, Run: halfAMessage, Schedules: few,
			Why: "Who cannot tell a broken message from the end takes half of the data for all of it.",
		},
		{
			Name: "in-a-child", Aspect: grader.Result, Points: 4, Contract: 7, Real: true, Run: child.Case(inAChild),
			Why: "A pipe is there for processes to talk to each other.",
		},
		{
			Name: "files-before", Aspect: grader.Result, Points: 3, Contract: 7, Real: true, Run: child.Case(filesBefore),
			Why: "The command may have been given other files, under numbers that it knows.",
		},
		{
			Name: "what-was-sent-goes-along", Aspect: grader.Result, Points: 3, Contract: 7, Real: true, Run: child.Case(whatWasSentGoesAlong),
			Why: "What is on its way when an end changes hands must not get lost.",
		},
		{
			Name: "too-long", Aspect: grader.Limit, Points: 4, Contract: 2, Run: tooLong, Schedules: few,
			Why: "A bound on messages is what tells the receiver how much memory a message can take.",
		},
		{
			Name: "in-order-of-sending", Aspect: grader.Order, Points: 5, Contract: 5, Run: inOrderOfSending, Clock: suite.Adversarial,
			Why: "A question must not overtake the one before it.",
		},
		{
			Name: "messages-stay-whole", Aspect: grader.Race, Points: 6, Contract: 5, Run: messagesStayWhole, Clock: suite.Adversarial,
			Why: "Two messages whose bytes are mixed are no messages any more, nor are all that follow.",
		},
		{
			Name: "each-message-once", Aspect: grader.Race, Points: 4, Contract: 5, Run: eachMessageOnce, Clock: suite.Adversarial,
			Why: "Several workers may take their tasks from one end, each task being for one of them.",
		},
		{
			Name: "slices-are-yours", Aspect: grader.Race, Points: 4, Contract: 3, Run: slicesAreYours, Clock: suite.Adversarial,
			Why: "Programs use a slice again when they are done with it.",
		},
		{
			Name: "use-while-closing", Aspect: grader.Race, Points: 2, Contract: 11, Run: useWhileClosing, Clock: suite.Adversarial,
			Why: "Close comes at any moment, also while others are at work.",
		},
		{
			Name: "sent-is-sent", Aspect: grader.Join, Points: 3, Contract: 3, Run: sentIsSent, Clock: suite.Adversarial,
			Why: "Who has sent its result wants to be able to exit.",
		},
		{
			Name: "the-end-after-the-last", Aspect: grader.Join, Points: 3, Contract: 9, Run: theEndAfterTheLast, Clock: suite.Adversarial,
			Why: "Whoever receives until the end must come to it, and must not miss a message before.",
		},
		{
			Name: "the-child-ends", Aspect: grader.Join, Points: 4, Contract: 9, Real: true, Run: child.Case(theChildEnds),
			Why: "A process that is killed cannot say goodbye.",
		},
		{
			Name: "nobody-else-has-it", Aspect: grader.Join, Points: 4, Contract: 8, Real: true, Run: child.Case(nobodyElseHasIt),
			Why: "While anybody has a copy of an end, it is not closed, and those at the other one wait for ever.",
		},
		{
			Name: "between-siblings", Aspect: grader.Join, Points: 2, Contract: 8, Real: true, Run: child.Case(betweenSiblings),
			Why: "The parent of two processes that talk to each other must not be part of it.",
		},
		{
			Name: "directions-are-independent", Aspect: grader.Deadlock, Points: 6, Contract: 4, Run: directionsAreIndependent, Clock: suite.Adversarial,
			Why: "Who waits for a question must be able to say something meanwhile.",
		},
		{
			Name: "close-ends-the-wait", Aspect: grader.Cancel, Points: 4, Contract: 11, Run: closeEndsTheWait, Clock: suite.Adversarial,
			Why: "A goroutine that waits in Recv knows no other way to be stopped.",
		},
		{
			Name: "close-ends-real-waits", Aspect: grader.Cancel, Points: 3, Contract: 11, Real: true, Run: child.Case(closeEndsRealWaits),
			Why: "A read that waits in the kernel can be ended only if it was begun in the right way.",
		},
		{
			Name: "closed-is-closed", Aspect: grader.Cancel, Points: 2, Contract: 11, Run: closedIsClosed, Clock: suite.Adversarial,
			Why: "Close is deferred in one place and called in another, and nothing may happen after it.",
		},
		{
			Name: "given-away", Aspect: grader.Cancel, Points: 3, Contract: 8, Real: true, Run: child.Case(givenAway),
			Why: "An end that two processes have is one where each takes messages that are for the other.",
		},
		{
			Name: "send-to-nobody", Aspect: grader.Panic, Points: 4, Contract: 10, Real: true, Run: child.Case(sendToNobody),
			Why: "That the other process has died is no reason for this one to die as well.",
		},
		{
			Name: "no-such-command", Aspect: grader.Leak, Points: 2, Contract: 8, Real: true, Run: child.Case(noSuchCommand),
			Why: "When a start fails, nobody thinks of what was to be handed over.",
		},
		{
			Name: "nothing-left-behind", Aspect: grader.Leak, Points: 4, Contract: 12, Real: true, Run: child.Case(nothingLeftBehind),
			Why: "A server that opens a pipe for each request runs out of descriptors if each leaves one.",
		},
		{
			Name: "no-more-descriptors", Aspect: grader.Leak, Points: 2, Contract: 12, Real: true, Run: child.Case(noMoreDescriptors),
			Why: "What fails because descriptors are scarce must not keep those that it got.",
		},
	},
}
