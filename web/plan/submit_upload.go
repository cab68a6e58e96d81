package plan

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"

	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// UploadLimit is the size of the largest form with a workbook, in bytes; the workbook's own limit is its reader's.
const UploadLimit = 6 << 20

// uploadPlan reads a filled template. With a fault nothing is kept; else what it holds is the draft, to be looked at.
func (v *visit) uploadPlan(rw http.ResponseWriter) error {
	p, err := v.ownPlan(true)
	if err != nil {
		return err
	}
	workbook, comment, err := readUpload(rw, v.Request)
	if err != nil {
		return err
	}
	sheet, err := p.readSheet(workbook)
	if err == nil {
		err = p.keepUpload(&sheet, comment)
	}
	if err == nil || (errors.Is(err, register.ErrUnchanged) && p.record.Draft() != nil) {
		page.Redirect(rw, v.Request, p.to("/submit/draft", "made_for", strconv.Itoa(sheet.Revision)))
		return nil
	}
	if errors.Is(err, register.ErrUnchanged) {
		page.Redirect(rw, v.Request, p.to("/submit", "done", "unchanged"))
		return nil
	}
	answer, err := v.Refused(page.RefusedForm{}, err)
	if err != nil {
		return err
	}
	view, faults := p.submitView(), answer.Found()
	view.Faults = p.uploadFaults(&sheet, faults)
	view.Upload.Comment = comment
	for _, fault := range faults {
		view.Upload.CommentFault = view.Upload.CommentFault || fault.Within("comment")
		view.Upload.FileFault = view.Upload.FileFault || !fault.Within("comment")
	}
	return v.NoStore(rw, answer.Status, "submit", view)
}

// readSheet reads the workbook; none at all is a fault like those in one.
func (p *planVisit) readSheet(workbook []byte) (register.PlanSheet, error) {
	if len(workbook) == 0 {
		return register.PlanSheet{}, &programme.FaultsError{
			Faults: []programme.Fault{{Field: "workbook", Kind: "missing"}},
		}
	}
	sheet, err := p.deps.PlanBook.Read(workbook, p.entity)
	if err != nil {
		return register.PlanSheet{}, fmt.Errorf("read the plan's workbook: %w", err)
	}
	return sheet, nil
}

// keepUpload keeps what the workbook holds as the draft; every fault of cells and of the plan is told at once.
func (p *planVisit) keepUpload(sheet *register.PlanSheet, comment string) error {
	ctx, unread := p.Request.Context(), sheet.FormFaults()
	by := act.By{Who: p.Reader.Principal, Unread: unread}
	outcome, err := p.plan().Keep(ctx, by, register.Change{Reason: comment}, sheet.Milestones)
	err = page.Noted(ctx, &outcome, err)
	if found, are := asFaults(err); are && len(unread) > 0 {
		own := min(len(unread), len(found)) // the first ones, as far as they are named
		content := withoutMadeCodes(found[own:], sheet.Milestones)
		return &programme.FaultsError{Faults: append(found[:own:own], content...)}
	}
	return err
}

func (p *planVisit) uploadFaults(sheet *register.PlanSheet, faults []programme.Fault) *planFaultsPart {
	rows := p.sheetFaults(sheet, faults)
	return &planFaultsPart{
		ID: "faults", Heading: p.T("submit.faults", page.Args("n", programme.CountFaults(faults))), Cells: true, Grave: true, Rows: rows,
	}
}

// readUpload reads the form with one workbook, all in memory: nothing of it is written to the disk.
func readUpload(rw http.ResponseWriter, r *http.Request) (workbook []byte, comment string, err error) {
	r.Body = http.MaxBytesReader(rw, r.Body, UploadLimit)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, "", page.FormError(err)
	}
	seen := map[string]bool{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return workbook, comment, nil
		}
		if err != nil {
			return nil, "", page.FormError(err)
		}
		name := part.FormName()
		if seen[name] {
			return nil, "", fmt.Errorf("%w: the form has %q twice", programme.ErrInvalid, name)
		}
		seen[name] = true
		content, err := readPart(part, name)
		if err != nil {
			return nil, "", page.FormError(err)
		}
		switch name {
		case "workbook":
			workbook = content
		case "comment":
			comment = string(content)
		}
	}
}

// readPart reads a field of the form; a field that the form does not have is an error.
func readPart(part *multipart.Part, name string) ([]byte, error) {
	if name != "workbook" && name != "comment" {
		return nil, fmt.Errorf("%w: the form has no %q", programme.ErrInvalid, name)
	}
	return io.ReadAll(part)
}
