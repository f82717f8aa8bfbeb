// Package condition is the hidden suite of the exercise condition.
package condition

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
)

// Suite checks submissions to the exercise condition. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "condition",
	Cases: []suite.Case{
		{
			Name: "nobody-there-nobody-told", Aspect: grader.Result, Points: 5, Contract: 5, Run: nobodyThereNobodyTold, Clock: suite.Adversarial,
			Why: "A notification says that something has changed just now; whoever comes later looks for themselves.",
		},
		{
			Name: "one-lock-two-conditions", Aspect: grader.Result, Points: 5, Contract: 9, Run: oneLockTwoConditions, Clock: suite.Adversarial,
			Why: "Those who wait for goods must not be woken in place of those who wait for room.",
		},
		{
			Name: "longest-waiting-first", Aspect: grader.Order, Points: 6, Contract: 4, Run: longestWaitingFirst, Clock: suite.Adversarial,
			Why: "Whoever has waited the longest is the next to be told.",
		},
		{
			Name: "line-closes-up", Aspect: grader.Order, Points: 6, Contract: 7, Run: lineClosesUp, Clock: suite.Adversarial, Schedules: 100,
			Why: "When somebody gives up, the others must neither lose their places nor change them.",
		},
		{
			Name: "as-many-as-asked", Aspect: grader.Limit, Points: 4, Contract: 4, Run: asManyAsAsked, Clock: suite.Adversarial,
			Why: "Whoever is woken for nothing only gets in the way of the others.",
		},
		{
			Name: "one-holder-at-a-time", Aspect: grader.Limit, Points: 4, Contract: 2, Run: oneHolderAtATime, Clock: suite.Adversarial,
			Why: "What the lock guards is used before Wait, after Wait, and by whoever notifies.",
		},
		{
			Name: "locked-again-however-long", Aspect: grader.Limit, Points: 4, Contract: 2, Run: lockedAgainHoweverLong,
			Why: "The context says how long to wait for a notification; the lock has to be waited for in any case.",
		},
		{
			Name: "not-before-the-notification", Aspect: grader.Join, Points: 5, Contract: 3, Run: notBeforeTheNotification, Clock: suite.Adversarial,
			Why: "Wait stands for the promise that somebody has called Notify.",
		},
		{
			Name: "sleeps-until-notified", Aspect: grader.Join, Points: 5, Contract: 3, Run: sleepsUntilNotified,
			Why: "Whoever looks again and again keeps a processor busy, or comes too late.",
		},
		{
			Name: "notify-keeps-the-lock", Aspect: grader.Join, Points: 4, Contract: 6, Run: notifyKeepsTheLock, Clock: suite.Adversarial,
			Why: "Whoever holds the lock may notify first and put things in order afterwards.",
		},
		{
			Name: "no-notification-lost", Aspect: grader.Deadlock, Points: 4, Contract: 1, Run: noNotificationLost, Clock: suite.Adversarial,
			Why: "A notification that comes between giving up the lock and falling asleep comes once, and never again.",
		},
		{
			Name: "goods-change-hands", Aspect: grader.Deadlock, Points: 3, Contract: 9, Run: goodsChangeHands, Clock: suite.Adversarial,
			Why: "A shelf with two conditions is the first thing that everybody builds with them.",
		},
		{
			Name: "everybody-is-woken", Aspect: grader.Deadlock, Points: 3, Contract: 4, Run: everybodyIsWoken, Clock: suite.Adversarial,
			Why: "Whoever is left out may wait for ever, for what they wait for has happened already.",
		},
		{
			Name: "notification-goes-on", Aspect: grader.Deadlock, Points: 4, Contract: 8, Run: notificationGoesOn, Clock: suite.Adversarial,
			Why: "A notification for somebody who has just given up is one for the next in line.",
		},
		{
			Name: "gives-up-in-time", Aspect: grader.Cancel, Points: 4, Contract: 7, Run: givesUpInTime,
			Why: "The caller decides how long to wait.",
		},
		{
			Name: "done-from-the-start", Aspect: grader.Cancel, Points: 4, Contract: 7, Run: doneFromTheStart, Clock: suite.Adversarial,
			Why: "Whoever is not going to wait must not take the notification of somebody who does.",
		},
		{
			Name: "gone-is-gone", Aspect: grader.Cancel, Points: 4, Contract: 7, Run: goneIsGone, Clock: suite.Adversarial,
			Why: "To notify somebody who has long left is to notify nobody.",
		},
		{
			Name: "cancel-meets-notify", Aspect: grader.Cancel, Points: 4, Contract: 8, Run: cancelMeetsNotify, Clock: suite.Adversarial,
			Why: "When giving up and being notified happen at once, either may win, but one notification wakes one waiter.",
		},
		{
			Name: "what-came-before", Aspect: grader.Race, Points: 4, Contract: 10, Run: whatCameBefore, Clock: suite.Adversarial,
			Why: "What the lock guards needs no other, also not around Wait.",
		},
		{
			Name: "everybody-at-once", Aspect: grader.Race, Points: 4, Contract: 10, Run: everybodyAtOnce, Clock: suite.Adversarial,
			Why: "A condition is there to be shared, and those who give up come back when they like.",
		},
		{
			Name: "nobody-left-behind", Aspect: grader.Leak, Points: 6, Contract: 11, Run: nobodyLeftBehind, Clock: suite.Adversarial,
			Why: "A Condition cannot be closed, so a goroutine that it keeps stays for as long as the program runs.",
		},
		{
			Name: "without-the-lock", Aspect: grader.Panic, Points: 4, Contract: 12, Run: withoutTheLock,
			Why: "A call without the lock is a mistake that shows once in a thousand runs, unless it is told at once.",
		},
		{
			Name: "misuse-changes-nothing", Aspect: grader.Panic, Points: 4, Contract: 12, Run: misuseChangesNothing, Clock: suite.Adversarial,
			Why: "Whoever recovers from the panic finds everything as it was.",
		},
	},
}
