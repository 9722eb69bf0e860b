; The witness tables of a value of several protocols (`any P & Q`) are no value, and the last of
; them is not the whole: it was put together from the tables alone.
;
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-report=- %s | %FileCheck %s --implicit-check-not='"typed":true'

%"T4main1P_AA1Qp" = type { [24 x i8], ptr, ptr, ptr }

define swiftcc void @"$s4main1fyyAA1P_AA1QpF"(ptr noalias dereferenceable(48) %v) {
  %1 = getelementptr inbounds nuw %"T4main1P_AA1Qp", ptr %v, i32 0, i32 1
  %metadata = load ptr, ptr %1
  %2 = getelementptr inbounds nuw %"T4main1P_AA1Qp", ptr %v, i32 0, i32 2
  %first = load ptr, ptr %2
  %3 = getelementptr inbounds nuw %"T4main1P_AA1Qp", ptr %v, i32 0, i32 3
  %second = load ptr, ptr %3
  %value = call ptr @__swift_project_boxed_opaque_existential_2(ptr %v, ptr %metadata)
  %4 = getelementptr inbounds ptr, ptr %second, i32 1
  %witness = load ptr, ptr %4
  call swiftcc void %witness(ptr noalias swiftself %value, ptr %metadata, ptr %second)
  ret void
}
declare ptr @__swift_project_boxed_opaque_existential_2(ptr, ptr)
; CHECK-COUNT-4: "kind":"load"{{.*}}"untyped":"it exists only for the compiler"
