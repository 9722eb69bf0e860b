; A context none of whose hooks does anything, in each of the ways the pass knows.

define i64 @rayc_context_size() {
  ret i64 0
}

define i64 @rayc_context_alignment() {
  ret i64 1
}

; Empty.
define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
  ret void
}

; The protocol's own implementation: Ray.RayContext.didCall(_:_:) in its extension.
declare swiftcc void @"$s3Ray0A7ContextPAAE7didCallyyAA4SiteV_AA7OutcomeOtF"(ptr, i64, ptr, ptr, ptr swiftself)

define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %s = ptrtoint ptr %site to i64
  call swiftcc void @"$s3Ray0A7ContextPAAE7didCallyyAA4SiteV_AA7OutcomeOtF"(ptr %error, i64 %s, ptr null, ptr null, ptr swiftself %state)
  ret void
}

; The identity.
define i64 @rayc_hook_result_i64(ptr %state, i64 %value, ptr %site) {
  ret i64 %value
}

; The default implementation for a type that a function of the context's own opens.
declare swiftcc void @"$s3Ray0A7ContextPAAE4load_2atqd__qd___AA4SiteVtlF"(ptr sret(i8), ptr)

define internal void @opened(ptr %value) noinline {
  %slot = alloca [64 x i8]
  call swiftcc void @"$s3Ray0A7ContextPAAE4load_2atqd__qd___AA4SiteVtlF"(ptr sret(i8) %slot, ptr %value)
  ret void
}

define void @rayc_hook_load_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @opened(ptr %value)
  ret void
}
