// Stage 2: types with other types in the places of their generic parameters.
#pragma once

#include "GenericArguments.h"

namespace rayc {

/// A type with the arguments in the places of its parameters. Associated types stay, in terms of
/// the arguments, for the runtime to find, but for those that are known.
///
/// Null with a reason where a parameter has no argument.
const NameNode *substitute(const NameNode *Type, const GenericArguments &Arguments,
                           MangledNames &Names, Typing &Why);

/// The type of a property in a generic type with certain arguments.
const NameNode *substituteMember(const NameNode *Member, const NameNode *Around, SwiftTypes &Types,
                                 Typing &Why);

}  // namespace rayc
