; A context that replaces functions, as Swift compiles it:
;
;     struct C: RayContext {
;       enum R: Overdubs {
;         static func `Swift.Int.*`(_ a: Int, _ b: Int) -> Int { a &+ b }
;         static func `Swift.Int.<`(_ a: Int, _ b: Int) -> Bool { a == b }
;         static func twice(original: (Int) -> Int, _ n: Int) -> Int { original(original(n)) }
;         static func number(_ n: Int) -> Int { n &+ 1 }
;         static func wrong(_ a: Double) -> Double { a }
;         static func twise(_ a: Double) -> Double { a }
;       }
;     }
;
; A method of a type that does not conform to Overdubs replaces nothing.

@"$s14RaycContext0_C1CV1RO3Ray8OverdubsAAMc" = constant i32 0

define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_context_init(ptr %state) {
  ret void
}

define protected swiftcc i64 @"$s14RaycContext0_C1CV1RO0022SwiftInt_dwJBbbbdEAdlayS2i_SitFZ"(i64 %a, i64 %b) {
  %sum = add i64 %a, %b
  ret i64 %sum
}

define protected swiftcc i1 @"$s14RaycContext0_C1CV1RO0022SwiftInt_bxJBbdaImnrlaySbSi_SitFZ"(i64 %a, i64 %b) {
  %equal = icmp eq i64 %a, %b
  ret i1 %equal
}

define protected swiftcc i64 @"$s14RaycContext0_C1CV1RO5twice8original_S3iXE_SitFZ"(ptr %original, ptr %context, i64 %n) {
  %once = call swiftcc i64 %original(i64 %n, ptr swiftself %context)
  %again = call swiftcc i64 %original(i64 %once, ptr swiftself %context)
  ret i64 %again
}

define protected swiftcc i64 @"$s14RaycContext0_C1CV1RO6numberyS2iFZ"(i64 %n) {
  %next = add i64 %n, 1
  ret i64 %next
}

define protected swiftcc double @"$s14RaycContext0_C1CV1RO5wrongyS2dFZ"(double %a) {
  ret double %a
}

define protected swiftcc double @"$s14RaycContext0_C1CV1RO5twiseyS2dFZ"(double %a) {
  ret double %a
}

define protected swiftcc i64 @"$s14RaycContext0_C1CV6helperyS2iFZ"(i64 %n) {
  ret i64 %n
}
