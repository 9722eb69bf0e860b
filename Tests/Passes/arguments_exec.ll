; What a hook reads at a call are the callee's own arguments, with their labels; see arguments.ll.
;
; RUN: %build %inputs/log.ll %s %t && %t | %FileCheck %s --match-full-lines
; RUN: %build %inputs/log.ll %s %t -passes='default<O0>' && %t | %FileCheck %s --match-full-lines

%TSi = type <{ i64 }>
%T4main4PairV = type <{ %Ts5Int32V, %TSb, [3 x i8], %TSd }>
%Ts5Int32V = type <{ i32 }>
%TSb = type <{ i1 }>
%TSd = type <{ double }>

; main.move(_: Double, by: Int32)
define swiftcc void @"$s4main4move_2byySd_s5Int32VtF"(double %x, i32 %n) noinline {
  ret void
}
; main.grow(inout Double, Bool)
define swiftcc void @"$s4main4growyySdz_SbtF"(ptr %x, i1 %b) noinline {
  store double 9.0, ptr %x
  ret void
}
; Swift.Double.scaled(by: Double)
define swiftcc double @"$sSd4mainE6scaled2byS2d_tF"(double %by, double %self) noinline {
  %r = fmul double %by, %self
  ret double %r
}
; main.Grid.subscript(_: Int, of: Int) -> Int, setter
define swiftcc void @"$s4main4GridV_2ofS2i_Sitcis"(i64 %new, i64 %i, i64 %of, ptr swiftself dereferenceable(8) %self) noinline {
  ret void
}
; The optimiser has left out the first argument.
define swiftcc void @"$s4main4move_2byySd_s5Int32VtFTf4dn_n"(i32 %n) noinline {
  ret void
}

define i32 @main() {
  %x = alloca double
  store double 2.5, ptr %x
  call swiftcc void @"$s4main4move_2byySd_s5Int32VtF"(double 1.5, i32 7)
  call swiftcc void @"$s4main4growyySdz_SbtF"(ptr %x, i1 true)
  %r = call swiftcc double @"$sSd4mainE6scaled2byS2d_tF"(double 3.0, double 4.0)
  call swiftcc void @"$s4main4GridV_2ofS2i_Sitcis"(i64 3, i64 4, i64 5, ptr swiftself dereferenceable(8) %x)
  call swiftcc void @"$s4main4move_2byySd_s5Int32VtFTf4dn_n"(i32 8)
  ret i32 0
}
; CHECK:      will $s4main4move_2byySd_s5Int32VtF(Double 1.5, by: Int32 7)
; CHECK:      will $s4main4growyySdz_SbtF(inout Double 2.5, Bool true)
; CHECK:      will $sSd4mainE6scaled2byS2d_tF(by: Double 3, self: Double 4)
; CHECK:      will $s4main4GridV_2ofS2i_Sitcis(Int 3, Int 4, of: Int 5, self: unknown type 4main4GridV)
; CHECK:      will $s4main4move_2byySd_s5Int32VtFTf4dn_n(_, by: Int32 8)
