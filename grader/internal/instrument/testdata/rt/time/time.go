package time

import "time"

type Duration = time.Duration

const Millisecond = time.Millisecond

func After(d Duration) <-chan time.Time { return time.After(d) }
