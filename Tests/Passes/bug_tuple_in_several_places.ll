; An element of a tuple that always lies in memory (`Any`) has an address of its own when a
; function returns the tuple; what the first address has is the rest. It was taken for the whole
; tuple, and copied as that.
;
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-report=- %s | %FileCheck %s

%TSi = type <{ i64 }>
%TSS = type <{ i64, ptr }>

; main.some() -> (Int, Any, Int, Int, Int, Int)
declare swiftcc void @"$s4main4someSi_ypS4ityF"(ptr, ptr)
; main.all() -> (Int, String, Int, Int, Int, Int)
declare swiftcc void @"$s4main3allSi_SSS4ityF"(ptr)

; main.pair() -> (count: Int, name: String), main.first() -> (Int, Any)
declare swiftcc { i64, i64, ptr } @"$s4main4pairSi5count_SS4nametyF"()
declare swiftcc i64 @"$s4main5firstSi_yptyF"(ptr)

define void @f(ptr %a, ptr %b) {
  call swiftcc void @"$s4main4someSi_ypS4ityF"(ptr sret(<{ %TSi, %TSi, %TSi, %TSi, %TSi }>) %a, ptr %b)
; CHECK: "callee":"$s4main4someSi_ypS4ityF"{{.*}}"untyped":"how the type lies in registers is not known here"
  call swiftcc void @"$s4main3allSi_SSS4ityF"(ptr sret(<{ %TSi, %TSS, %TSi, %TSi, %TSi, %TSi }>) %a)
; CHECK: "callee":"$s4main3allSi_SSS4ityF"{{.*}}"typed":true
; In registers too: a tuple whose elements all are there is known, also with labels.
  call swiftcc { i64, i64, ptr } @"$s4main4pairSi5count_SS4nametyF"()
; CHECK: "callee":"$s4main4pairSi5count_SS4nametyF"{{.*}}"typed":true
  call swiftcc i64 @"$s4main5firstSi_yptyF"(ptr %b)
; CHECK: "callee":"$s4main5firstSi_yptyF"{{.*}}"untyped":"how the type lies in registers is not known here"
  ret void
}
