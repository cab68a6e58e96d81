package web

import "mirsad/web/page"

// frame is the frame of these pages: it gives their tables the words of the page on which they are.
type frame struct{ page.Frame }

func (v *visit) frame(title string) frame { return frame{v.Frame(title)} }
