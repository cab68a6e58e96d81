package sample

import "mirsad/internal/programme"

// procedure is what can be done with an object: its name in both languages and how mature it tends to be.
type procedure struct {
	code string
	// english and arabic have %s in place of the object; both begin their sentence.
	english, arabic string
	// ease orders what goes online first: 0 is the easiest.
	ease float64
	// low and high are the levels between which the procedure lies once online.
	low, high programme.Level
	// use scales how often the procedure is used.
	use float64
}

// procedures lists, for each kind of object, what is offered.
var procedures = map[string][]procedure{
	"licence": {
		{"issue", "Issue %s", "إصدار %s", .5, 1, 4, 1},
		{"renew", "Renew %s", "تجديد %s", .3, 1, 4, 1.6},
		{"replace", "Replace lost %s", "إصدار بدل فاقد ل%s", .6, 1, 3, .4},
		{"amend", "Amend details of %s", "تعديل بيانات %s", .8, 1, 3, .4},
		{"status", "Application status of %s", "الاستعلام عن حالة طلب %s", .2, 2, 3, 1.8},
	},
	"permit": {
		{"issue", "Issue %s", "إصدار %s", .4, 1, 4, 1},
		{"renew", "Renew %s", "تجديد %s", .5, 1, 3, .8},
		{"cancel", "Cancel %s", "إلغاء %s", .9, 1, 3, .3},
		{"status", "Application status of %s", "الاستعلام عن حالة طلب %s", .2, 2, 3, 1.4},
	},
	"certificate": {
		{"request", "Request %s", "طلب %s", .4, 1, 4, 1},
		{"verify", "Verify %s", "التحقق من صحة %s", .5, 2, 3, .5},
	},
	"payment": {
		{"enquire", "Enquire about %s", "الاستعلام عن %s", .1, 2, 3, 3},
		{"pay", "Pay %s", "سداد %s", .2, 2, 4, 2.5},
		{"receipt", "Payment receipt for %s", "طلب إيصال سداد %s", .6, 1, 3, .6},
	},
	"fine": {
		{"enquire", "Enquire about %s", "الاستعلام عن %s", .1, 2, 3, 3},
		{"pay", "Pay %s", "سداد %s", .2, 2, 4, 2.5},
		{"receipt", "Payment receipt for %s", "طلب إيصال سداد %s", .6, 1, 3, .6},
		{"object", "Object to %s", "الاعتراض على %s", .9, 1, 3, .3},
	},
	"register": {
		{"register", "Register %s", "تسجيل %s", .5, 1, 4, 1},
		{"update", "Update registration of %s", "تحديث بيانات تسجيل %s", .7, 1, 3, .7},
		{"status", "Registration status of %s", "الاستعلام عن حالة تسجيل %s", .3, 2, 3, 1},
	},
	"booking": {
		{"book", "Book %s", "حجز موعد %s", .3, 2, 3, 1.3},
		{"reschedule", "Reschedule %s", "تعديل موعد %s", .6, 2, 3, .4},
		{"cancel", "Cancel booking of %s", "إلغاء موعد %s", .6, 2, 3, .3},
	},
	"benefit": {
		{"apply", "Apply for %s", "تقديم طلب %s", .5, 1, 4, 1},
		{"track", "Track application for %s", "متابعة طلب %s", .3, 2, 3, 1.4},
		{"appeal", "Appeal refusal of %s", "التظلم من رفض طلب %s", .9, 1, 3, .2},
	},
	"report": {
		{"report", "Report %s", "الإبلاغ عن %s", .3, 2, 3, .6},
		{"follow", "Follow up report of %s", "متابعة بلاغ عن %s", .5, 2, 3, .4},
	},
	"bundle": {
		{"bundle", "%s", "%s", .5, 2, 3, 1.5},
	},
}
