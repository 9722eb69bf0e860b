; A site said that its value comes in its exact type, and a hook got a machine-level one: the
; runtime had found no such type, or one that does not fit.
;
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-report=- %s | %FileCheck %s

; The descriptor of `struct Unique: ~Copyable`: the flags' 0x20, and 1 at its end.
@"$s4main6UniqueVMn" = constant <{ i32, i32, i32, i32, i32, i32, i32, i16 }> <{ i32 113, i32 0, i32 0, i32 0, i32 0, i32 2, i32 2, i16 1 }>
; That of `struct Plain: ~BitwiseCopyable` has no such number.
@"$s4main5PlainVMn" = constant <{ i32, i32, i32, i32, i32, i32, i32 }> <{ i32 81, i32 0, i32 0, i32 0, i32 0, i32 2, i32 2 }>

; Set.insert(_:) -> (inserted: Bool, memberAfterInsert: Element)
declare swiftcc i1 @"$sSh6insertySb8inserted_x17memberAfterInserttxnF"(ptr noalias, ptr noalias, ptr, ptr swiftself)
; main.unique() -> Unique, main.maybe() -> Unique?, main.plain() -> Plain
declare swiftcc { i64, i64 } @"$s4main6uniqueAA6UniqueVyF"()
declare swiftcc { i64, i64 } @"$s4main5maybeAA6UniqueVSgyF"()
declare swiftcc { i64, i64 } @"$s4main5plainAA5PlainVyF"()
; main.C.own() -> Self
declare swiftcc ptr @"$s4main1CC3ownACXDyF"(ptr swiftself)

define void @f(ptr %member, ptr %new, ptr %set, ptr %self) {
; The element is in memory, since it is generic in the callee: what the call returns is no tuple.
  call swiftcc i1 @"$sSh6insertySb8inserted_x17memberAfterInserttxnF"(ptr %member, ptr %new, ptr @"$sShys4Int8VGN", ptr swiftself %set)
; CHECK: insertySb8inserted{{.*}}"untyped":"how the type lies in registers is not known here"
  call swiftcc { i64, i64 } @"$s4main6uniqueAA6UniqueVyF"()
; CHECK: 6uniqueAA6Unique{{.*}}"untyped":"it cannot be copied, and generic code cannot receive it"
  call swiftcc { i64, i64 } @"$s4main5maybeAA6UniqueVSgyF"()
; CHECK: 5maybeAA6Unique{{.*}}"untyped":"it cannot be copied, and generic code cannot receive it"
  call swiftcc { i64, i64 } @"$s4main5plainAA5PlainVyF"()
; CHECK: 5plainAA5Plain{{.*}}"typed":true,"valueType":"4main5PlainV"
; `Self` of a class comes as that class.
  call swiftcc ptr @"$s4main1CC3ownACXDyF"(ptr swiftself %self)
; CHECK: 1CC3ownACXDyF{{.*}}"typed":true,"valueType":"4main1CC"
  ret void
}

@"$sShys4Int8VGN" = external global i64
