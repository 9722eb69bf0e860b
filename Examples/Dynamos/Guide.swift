// The dynamos of IRTools' guide, in Swift. Each is tried with Examples/Dynamos/Product.swift:
//
//     rayc run -D Examples/Dynamos/Guide.swift:Foo Examples/Dynamos/Product.swift

import RayIR

/// IRTools: `@dynamo roundtrip(a...) = IR(a...)`: takes the IR apart and puts it together again.
struct Roundtrip: Dynamo {
  func transform(_ function: Function) {
    for call in function.instructions where call.isCall {
      call.replace(with: .xcall(call.callee!, call.arguments, like: call))
    }
  }
}

/// The guide's `prewalk(ir) do x; x == :(*) ? :(+) : x end`. `*` of `Int` is a call of LLVM's
/// intrinsic that also says whether the product overflows.
func multiplicationsToAdditions(_ function: Function) {
  let module = function.module
  function.prewalk { instruction in
    switch instruction.opcode {
    case .fmul: .fadd(instruction.operands[0], instruction.operands[1])
    case .call where instruction.callee?.name == "llvm.smul.with.overflow.i64":
      .xcall(
        module.intrinsic("llvm.sadd.with.overflow", [module.integer(64)]).value,
        instruction.arguments, like: instruction)
    default: nil
    }
  }
}

/// IRTools' `foo`: additions in place of multiplications, in one function.
struct Foo: Dynamo {
  func begins(at function: Function) -> Bool { function.demangledName.hasPrefix("Product.mul(") }

  func transform(_ function: Function) { multiplicationsToAdditions(function) }
}

/// IRTools' `foo2`: and in what it calls, each call redirected by hand.
struct Foo2: Dynamo {
  func begins(at function: Function) -> Bool {
    function.demangledName.hasPrefix("Product.product(")
  }

  func transform(_ function: Function) {
    multiplicationsToAdditions(function)
    for call in function.instructions where call.isCall {
      guard let callee = call.callee?.function, let copy = function.transformed(callee) else {
        continue
      }
      call.replace(with: .xcall(copy.value, call.arguments, like: call))
    }
  }
}

/// IRTools' `foo3`: the same by `recurse!`.
struct Foo3: Dynamo {
  func begins(at function: Function) -> Bool {
    function.demangledName.hasPrefix("Product.product(")
  }

  func transform(_ function: Function) {
    multiplicationsToAdditions(function)
    function.recurse()
  }
}

/// IRTools' `Counter`: counts the calls of functions that have IR. The program has the count.
struct Counter: Dynamo {
  func begins(at function: Function) -> Bool {
    function.demangledName.hasPrefix("Product.product(")
  }

  func transform(_ function: Function) {
    function.recurse()
    function.prepend(.call(function.module.declare("count"), []))
  }
}
