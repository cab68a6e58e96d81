package web

// ownFrame is the frame of these pages: it gives their tables the words of the page on which they are.
type ownFrame struct{ frame }

func (v *visit) ownFrame(title string) ownFrame { return ownFrame{v.frame(title)} }
