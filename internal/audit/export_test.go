package audit

// TellRefusals writes the refusals whose minute is over.
func (a *Recorder) TellRefusals() { a.tellRefusals(false) }
