package sched

// fewEnoughForPairs bounds what is spent on pairs: at most 66 calls.
const fewEnoughForPairs = 12

// Shrink returns a schedule that still fails, with as few deviations as it
// can find in at most budget calls of fails. fails runs the program under
// [Replay] of the given schedule and returns the schedule that was in fact
// followed, and whether the failure is still the same one.
//
// It is delta debugging (Zeller, Hildebrandt: Simplifying and Isolating
// Failure-Inducing Input, TSE 2002) on the list of deviations: leave out ever
// smaller pieces for as long as the failure stays. At last it leaves out pairs,
// for a switch away from a goroutine and the one back to it are often
// superfluous together only.
func Shrink(s Schedule, budget int, fails func(Schedule) (Schedule, bool)) Schedule {
	ds := s.With(s.Deviations()).list
	for size := (len(ds) + 1) / 2; size > 0 && budget > 0 && len(ds) > 0; {
		shorter := false
		// From the end: what comes last tends to matter least.
		for end := len(ds); end > 0 && budget > 0; end -= size {
			start := max(end-size, 0)
			if end > len(ds) {
				continue
			}
			rest := append(append([]Deviation{}, ds[:start]...), ds[end:]...)
			budget--
			if did, ok := fails(s.With(rest)); ok && did.n < len(ds) {
				ds = s.With(did.Deviations()).list
				shorter = true
			}
		}
		if size = min(size, len(ds)); size > 1 {
			size = (size + 1) / 2
		} else if !shorter {
			size = 0
		}
	}
	if len(ds) > fewEnoughForPairs {
		return s.With(ds)
	}
	for i := len(ds) - 1; i > 0; i-- {
		for j := i - 1; j >= 0 && budget > 0; j-- {
			rest := append(append(append([]Deviation{}, ds[:j]...), ds[j+1:i]...), ds[i+1:]...)
			budget--
			if did, ok := fails(s.With(rest)); ok && did.n < len(ds) {
				ds = s.With(did.Deviations()).list
				i = len(ds)
				break
			}
		}
	}
	return s.With(ds)
}
