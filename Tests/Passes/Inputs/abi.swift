// Prints the layout that Swift imports from ray_abi.h, in the form of abi.py.
import CRay

func show<Struct>(_ name: String, _: Struct.Type) {
  print("sizeof(\(name)): \(MemoryLayout<Struct>.stride)")
}

func show<Struct, Field>(_ name: String, _ field: KeyPath<Struct, Field>) {
  let offset = MemoryLayout<Struct>.offset(of: field)!
  print("\(name) (offset, size): (\(offset), \(MemoryLayout<Field>.size))")
}

show("ray_site", ray_site.self)
show("ray_site.id", \ray_site.id)
show("ray_site.function_offset", \ray_site.function_offset)
show("ray_site.callee_offset", \ray_site.callee_offset)
show("ray_site.file_offset", \ray_site.file_offset)
show("ray_site.value_type_offset", \ray_site.value_type_offset)
show("ray_site.variable_offset", \ray_site.variable_offset)
show("ray_site.arguments_offset", \ray_site.arguments_offset)
show("ray_site.line", \ray_site.line)
show("ray_site.column", \ray_site.column)
show("ray_site.kind", \ray_site.kind)
show("ray_site.disabled", \ray_site.disabled)
show("ray_site.module_offset", \ray_site.module_offset)
show("ray_site.place_offset", \ray_site.place_offset)

show("ray_place", ray_place.self)
show("ray_place.expression_offset", \ray_place.expression_offset)
show("ray_place.begin_line", \ray_place.begin_line)
show("ray_place.end_line", \ray_place.end_line)
show("ray_place.begin_column", \ray_place.begin_column)
show("ray_place.end_column", \ray_place.end_column)
show("ray_place.frame_count", \ray_place.frame_count)

show("ray_source_frame", ray_source_frame.self)
show("ray_source_frame.function_offset", \ray_source_frame.function_offset)
show("ray_source_frame.file_offset", \ray_source_frame.file_offset)
show("ray_source_frame.line", \ray_source_frame.line)
show("ray_source_frame.column", \ray_source_frame.column)

show("ray_type", ray_type.self)
show("ray_type.metadata", \ray_type.metadata)
show("ray_type.name_offset", \ray_type.name_offset)
show("ray_type.name_length", \ray_type.name_length)
show("ray_type.fallback_offset", \ray_type.fallback_offset)
show("ray_type.size", \ray_type.size)
show("ray_type.base", \ray_type.base)
show("ray_type.parameters", \ray_type.parameters)

show("ray_argument", ray_argument.self)
show("ray_argument.label_offset", \ray_argument.label_offset)
show("ray_argument.type_offset", \ray_argument.type_offset)
show("ray_argument.typing", \ray_argument.typing)
show("ray_argument.flags", \ray_argument.flags)

show("ray_thread", ray_thread.self)
show("ray_thread.state", \ray_thread.state)
show("ray_thread.in_hook", \ray_thread.in_hook)
show("ray_thread.next", \ray_thread.next)
show("ray_thread.previous", \ray_thread.previous)
show("ray_thread.extent", \ray_thread.extent)
show("ray_thread.base", \ray_thread.base)
show("ray_thread.frame", \ray_thread.frame)
show("ray_thread.depth", \ray_thread.depth)

print("RAYC_ABI_VERSION: \(RAYC_ABI_VERSION)")
print("RAY_THREAD_VALUE_OFFSET: \(RAY_THREAD_VALUE_OFFSET)")
print("RAY_SITE_CALL: \(RAY_SITE_CALL)")
print("RAY_SITE_RUNTIME_CALL: \(RAY_SITE_RUNTIME_CALL)")
print("RAY_SITE_LOAD: \(RAY_SITE_LOAD)")
print("RAY_SITE_STORE: \(RAY_SITE_STORE)")
print("RAY_SITE_OPERATION: \(RAY_SITE_OPERATION)")
print("RAY_SITE_RUNTIME: \(RAY_SITE_RUNTIME)")
print("RAY_SITE_FUNCTION: \(RAY_SITE_FUNCTION)")
