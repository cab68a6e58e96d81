package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/textproto"
	"strings"

	smtp "github.com/wneessen/go-mail"

	"mirsad/internal/programme"
)

// Why a letter was not delivered; Reason names them.
var (
	// ErrAddress is a text that is not an e-mail address.
	ErrAddress = fmt.Errorf("%w: e-mail address", programme.ErrInvalid)
	// ErrRecipient is a reader whom the mail server does not take letters for, ErrSender a sender whom it does not.
	ErrRecipient = fmt.Errorf("%w: the mail server refuses the recipient", programme.ErrInvalid)
	ErrSender    = fmt.Errorf("%w: the mail server refuses the sender", programme.ErrUnavailable)
	// ErrSignIn is a name or password that the mail server refuses.
	ErrSignIn = fmt.Errorf("%w: the mail server refuses the sign-in", programme.ErrUnavailable)
	// ErrTLS is a server without TLS, or whose certificate is not trusted.
	ErrTLS = fmt.Errorf("%w: no trusted TLS to the mail server", programme.ErrUnavailable)
	// ErrUnreachable is a server that does not answer in time, or breaks off.
	ErrUnreachable = fmt.Errorf("%w: the mail server does not answer", programme.ErrUnavailable)
)

// Reasons lists the names that Reason gives.
func Reasons() []string {
	return []string{"address", "recipient", "sender", "sign_in", "tls", "unreachable", "other"}
}

// Reason names why a letter was not delivered, from a closed list; "" for no error.
func Reason(err error) string {
	if err == nil {
		return ""
	}
	for i, each := range []error{ErrAddress, ErrRecipient, ErrSender, ErrSignIn, ErrTLS, ErrUnreachable} {
		if errors.Is(err, each) {
			return Reasons()[i]
		}
	}
	return "other"
}

// meant gives a fault of the delivery its meaning.
func meant(err error) error {
	if err == nil {
		return nil
	}
	if refused, is := errors.AsType[*smtp.SendError](err); is {
		switch refused.Reason {
		case smtp.ErrSMTPRcptTo, smtp.ErrGetRcpts:
			return fmt.Errorf("%w: %w", ErrRecipient, err)
		case smtp.ErrSMTPMailFrom, smtp.ErrGetSender:
			return fmt.Errorf("%w: %w", ErrSender, err)
		default:
			return fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
	}
	if guardFault(err) {
		return fmt.Errorf("%w: %w", ErrTLS, err)
	}
	if reply, is := errors.AsType[*textproto.Error](err); is &&
		(reply.Code == codeAuthFailed || reply.Code == codeAuthNeeded) {
		return fmt.Errorf("%w: %w", ErrSignIn, err)
	}
	if strings.Contains(err.Error(), "SMTP AUTH") && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrSignIn, err)
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}

// The replies of RFC 4954 to a sign-in that fails, and to one that is missing.
const (
	codeAuthFailed = 535
	codeAuthNeeded = 530
)

// guardFault reports whether TLS is what failed; go-mail has no error of its own for a server that offers none.
func guardFault(err error) bool {
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, authority := errors.AsType[x509.UnknownAuthorityError](err)
	_, record := errors.AsType[tls.RecordHeaderError](err)
	return certificate || authority || record || strings.Contains(err.Error(), "STARTTLS")
}
