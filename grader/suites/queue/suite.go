// Package queue is the hidden suite of the exercise queue.
package queue

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise queue. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "queue",
	Cases: []suite.Case{
		{
			Name: "first-in-first-out", Aspect: grader.Order, Points: 6, Contract: 1, Run: firstInFirstOut, Clock: suite.Adversarial,
			Why: "Who counts on the order of the items must not find them mixed up.",
		},
		{
			Name: "every-item-once", Aspect: grader.Order, Points: 6, Contract: 1, Run: everyItemOnce, Clock: suite.Adversarial,
			Why: "An order that is carried out twice, or never, is worse than one that is late.",
		},
		{
			Name: "put-waits-for-room", Aspect: grader.Limit, Points: 6, Contract: 2, Run: putWaitsForRoom, Clock: suite.Adversarial,
			Why: "The capacity keeps fast makers from filling the memory while the users are slow.",
		},
		{
			Name: "full-is-full", Aspect: grader.Limit, Points: 6, Contract: 2, Run: fullIsFull, Clock: suite.Adversarial,
			Why: "Room for one more is room for one, also when several are waiting for it.",
		},
		{
			Name: "room-for-all", Aspect: grader.Deadlock, Points: 4, Contract: 2, Run: roomForAll,
			Why: "As long as there is room, Put needs nobody else.",
		},
		{
			Name: "nobody-sleeps-on", Aspect: grader.Deadlock, Points: 5, Contract: 3, Run: nobodySleepsOn, Clock: suite.Adversarial,
			Why: "There is an item or room, but the one who was waiting for it has not been told.",
		},
		{
			Name: "the-next-one-is-told", Aspect: grader.Deadlock, Points: 5, Contract: 3, Run: theNextOneIsTold, Clock: suite.Adversarial,
			Why: "Who is woken and gives up at the same moment must not keep the news from the others.",
		},
		{
			Name: "join-waits-for-the-work", Aspect: grader.Join, Points: 5, Contract: 5, Run: joinWaitsForTheWork, Clock: suite.Adversarial,
			Why: "That the queue is empty does not mean that the work is done.",
		},
		{
			Name: "join-counts-from-put-on", Aspect: grader.Join, Points: 5, Contract: 5, Run: joinCountsFromPutOn, Clock: suite.Adversarial,
			Why: "An item counts from the moment at which somebody can get it, not a bit later.",
		},
		{
			Name: "many-joins", Aspect: grader.Join, Points: 3, Contract: 5, Run: manyJoins, Clock: suite.Adversarial,
			Why: "More than one goroutine may want to know when the work is done.",
		},
		{
			Name: "refused-items-do-not-count", Aspect: grader.Join, Points: 3, Contract: 5, Run: refusedItemsDoNotCount, Clock: suite.Adversarial,
			Why: "Nobody will ever call TaskDone for an item that is not in the queue.",
		},
		{
			Name: "gives-up-in-time", Aspect: grader.Cancel, Points: 4, Contract: 4, Run: givesUpInTime,
			Why: "The caller decides how long to wait.",
		},
		{
			Name: "done-from-the-start", Aspect: grader.Cancel, Points: 3, Contract: 4, Run: doneFromTheStart,
			Why: "Nobody is there any more to use the item.",
		},
		{
			Name: "nothing-lost-on-error", Aspect: grader.Cancel, Points: 4, Contract: 4, Run: nothingLostOnError, Clock: suite.Adversarial,
			Why: "Whoever gets an error has no item, so somebody else has to be able to get it.",
		},
		{
			Name: "close-wakes-all", Aspect: grader.Cancel, Points: 4, Contract: 7, Run: closeWakesAll, Clock: suite.Adversarial,
			Why: "Close is how users learn that nothing more will come, all of them.",
		},
		{
			Name: "closed-is-closed", Aspect: grader.Cancel, Points: 4, Contract: 7, Run: closedIsClosed,
			Why: "Close means: what is in the queue is still for somebody, and nothing is added.",
		},
		{
			Name: "close-during-put", Aspect: grader.Cancel, Points: 3, Contract: 7, Run: closeDuringPut, Clock: suite.Adversarial,
			Why: "Whether an item just made it or just missed it, its maker has to be told the truth.",
		},
		{
			Name: "what-came-before", Aspect: grader.Race, Points: 4, Contract: 8, Run: whatCameBefore, Clock: suite.Adversarial,
			Why: "Who gets an item may use what it points to, and who joins may use what the work has left behind, without a lock.",
		},
		{
			Name: "everybody-at-once", Aspect: grader.Race, Points: 4, Contract: 8, Run: everybodyAtOnce, Clock: suite.Adversarial,
			Why: "A queue is there to be shared: its methods are called from everywhere.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 6, Contract: 9, Run: nobodyLeftBehind,
			Why: "A goroutine that never ends keeps its memory for as long as the program runs.",
		},
		{
			Name: "done-too-often", Aspect: grader.Panic, Points: 4, Contract: 6, Run: doneTooOften,
			Why: "A TaskDone too many lets Join return while somebody is still at work.",
		},
		{
			Name: "done-twice-at-once", Aspect: grader.Panic, Points: 3, Contract: 6, Run: doneTwiceAtOnce, Clock: suite.Adversarial,
			Why: "When two goroutines report the same work, one of them is wrong, and has to be told.",
		},
		{
			Name: "no-room-at-all", Aspect: grader.Panic, Points: 3, Contract: 6, Run: noRoomAtAll,
			Why: "In a queue without room, every Put would wait for ever.",
		},
	},
}
