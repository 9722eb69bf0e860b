; An initialiser that throws has the register of `self` but no `self`, so that the metadata
; behind its arguments is that of a generic parameter, not of the type it makes.
;
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-report=- %s | %FileCheck %s

%swift.opaque = type opaque
@"$s4main3BoxVyxGMD" = external global i64

; main.Box.init(from: Int) throws -> main.Box<A>
define swiftcc void @"$s4main3BoxV4fromACyxGSi_tKcfC"(ptr sret(%swift.opaque) %0, i64 %1, ptr %T, ptr swiftself %2, ptr swifterror %3) {
  call swiftcc void @"$s4main4makeyAA3BoxVyxGxmlF"(ptr sret(%swift.opaque) %0, ptr %T)
  ret void
}
; main.make<A>(A.Type) -> main.Box<A>
declare swiftcc void @"$s4main4makeyAA3BoxVyxGxmlF"(ptr, ptr)

; CHECK-NOT: main3BoxVyAEyxGG
; CHECK: "untyped":"a generic parameter is not known here"
