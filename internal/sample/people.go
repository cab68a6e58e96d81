package sample

import "mirsad/internal/account"

// Person is a sign-in of the sample; whoever loads the sample gives it a password.
type Person struct {
	Email  string
	Name   string
	NameAr string
	Role   account.Role
	Entity string // the entity of an agency person
}

// People returns one person for each role.
func (p *Programme) People() []Person {
	return []Person{
		{"executive@sample.mirsad", "Sample executive", "مسؤول تنفيذي (تجريبي)", account.RoleExecutive, ""},
		{"planner@sample.mirsad", "Sample planner", "مخطط البرنامج (تجريبي)", account.RolePlanner, ""},
		{"agency@sample.mirsad", "Sample agency officer", "ممثل جهة حكومية (تجريبي)", account.RoleAgency, "moi"},
		{"auditor@sample.mirsad", "Sample auditor", "مدقق (تجريبي)", account.RoleAuditor, ""},
		{"admin@sample.mirsad", "Sample administrator", "مدير النظام (تجريبي)", account.RoleAdmin, ""},
	}
}
