package sheettest

// EntityNames are names of entities as long as real ones, in English and Arabic.
var EntityNames = [][2]string{
	{"Ministry of Interior", "وزارة الداخلية"},
	{
		"Ministry of Administrative Development, Labour and Social Affairs",
		"وزارة التنمية الإدارية والعمل والشؤون الاجتماعية",
	},
	{"Ministry of Economy and Commerce", "وزارة الاقتصاد والتجارة"},
	{"Ministry of Municipality and Environment", "وزارة البلدية والبيئة"},
	{"Ministry of Public Health", "وزارة الصحة العامة"},
	{"Ministry of Education and Higher Education", "وزارة التعليم والتعليم العالي"},
	{"Ministry of Justice", "وزارة العدل"},
	{"General Authority of Customs", "الهيئة العامة للجمارك"},
	{"Electricity and Water Corporation", "المؤسسة العامة للكهرباء والماء"},
	{"Postal Services Company", "شركة الخدمات البريدية"},
	{"Civil Aviation Authority", "الهيئة العامة للطيران المدني"},
	{"Supreme Judiciary Council", "المجلس الأعلى للقضاء"},
	{"General Retirement and Social Insurance Authority", "الهيئة العامة للتقاعد والتأمينات الاجتماعية"},
	{"Tourism Authority", "الهيئة العامة للسياحة"},
}

// ServiceNames are names of services in English and Arabic.
var ServiceNames = [][2]string{
	{"Renewal of a residence permit", "تجديد رخصة إقامة"},
	{"Issue of a commercial registration", "إصدار سجل تجاري"},
	{"Payment of traffic fines", "سداد المخالفات المرورية"},
	{"Application for a building permit", "طلب رخصة بناء"},
	{"Booking of a medical appointment", "حجز موعد طبي"},
	{"Registration of a pupil in a public school", "تسجيل طالب في مدرسة حكومية"},
	{"Certified copy of a contract", "صورة مصدَّقة من عقد"},
	{"Customs declaration", "بيان جمركي"},
	{"Connection of electricity and water", "توصيل الكهرباء والماء"},
}
