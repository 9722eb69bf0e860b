// Stage 7: the tree of calls of a profile, made of a recording's events.
import RayTrace

/// Builds a profile's nodes and links while events come.
///
/// Its properties are used several times for each of what may be billions of events, by one thread;
/// checking each use when it happens took half of a reader's time.
final class CallTreeBuilder {
  @exclusivity(unchecked)
  private(set) var nodes: [Profile.Node] = [Profile.Node(parent: -1, function: -1)]
  @exclusivity(unchecked) private(set) var links: [Link] = []
  @exclusivity(unchecked) private(set) var unfinished: UInt64 = 0
  @exclusivity(unchecked) private var children: [UInt64: Int32] = [:]
  @exclusivity(unchecked) private var linkNumbers: [UInt64: Int32] = [:]
  /// How many open calls are in a node: the outermost one's time is its total.
  @exclusivity(unchecked) private var openInNode: [Int32] = [0]
  @exclusivity(unchecked) private var openInLink: [Int32] = []
  /// When the event is that is being read, in ticks.
  @exclusivity(unchecked) var time: UInt64 = 0

  struct Link {
    var caller, callee: Int32
    var site: Int32
    var calls: UInt64 = 0
    var ticks: UInt64 = 0
  }

  /// What is kept of an open call.
  struct Open {
    var begin: UInt64
    var inner: UInt64 = 0
    var node: Int32 = 0
    var link: Int32 = -1
  }

  func begin(_ open: inout Open, site: Int, function: Int32, parent: Int32) {
    let node = node(of: function, below: parent)
    open.node = node
    nodes[Int(node)].calls += 1
    openInNode[Int(node)] += 1
    guard site >= 0 else { return }
    // The child's number says who calls whom; the site, where.
    let key = UInt64(UInt32(bitPattern: site32(site))) << 32 | UInt64(edge(parent, node))
    let link =
      linkNumbers[key]
      ?? {
        let number = Int32(links.count)
        links.append(Link(caller: parent, callee: node, site: Int32(site)))
        openInLink.append(0)
        linkNumbers[key] = number
        return number
      }()
    open.link = link
    links[Int(link)].calls += 1
    openInLink[Int(link)] += 1
  }

  /// - Returns: how long the call took.
  func end(_ open: Open, isKnown: Bool) -> UInt64 {
    let duration = time &- open.begin
    let node = Int(open.node)
    nodes[node].selfTicks += duration > open.inner ? duration - open.inner : 0
    openInNode[node] -= 1
    if openInNode[node] == 0 { nodes[node].totalTicks += duration }
    if open.link >= 0 {
      openInLink[Int(open.link)] -= 1
      if openInLink[Int(open.link)] == 0 { links[Int(open.link)].ticks += duration }
    }
    if !isKnown { unfinished += 1 }
    return duration
  }

  func addMemory(_ memory: Profile.Memory, to node: Int32) { nodes[Int(node)].memory += memory }

  private func site32(_ site: Int) -> Int32 { Int32(truncatingIfNeeded: site) }

  @exclusivity(unchecked) private var edges: [UInt64: UInt32] = [:]

  private func edge(_ parent: Int32, _ node: Int32) -> UInt32 {
    if nodes[Int(node)].parent == Int(parent) { return UInt32(node) }
    // A recursive call leads to an ancestor: rarely many of them.
    let key = UInt64(UInt32(bitPattern: parent)) << 32 | UInt64(UInt32(bitPattern: node))
    if let known = edges[key] { return known }
    let number = UInt32.max - UInt32(edges.count)
    edges[key] = number
    return number
  }

  private func node(of function: Int32, below parent: Int32) -> Int32 {
    let key = UInt64(UInt32(bitPattern: parent)) << 32 | UInt64(UInt32(bitPattern: function))
    if let known = children[key] { return known }
    var ancestor = Int(parent)
    while ancestor > 0, nodes[ancestor].function != Int(function) {
      ancestor = nodes[ancestor].parent
    }
    let node: Int32
    if ancestor > 0 {
      node = Int32(ancestor)
    } else {
      node = Int32(nodes.count)
      nodes.append(Profile.Node(parent: Int(parent), function: Int(function)))
      openInNode.append(0)
    }
    children[key] = node
    return node
  }
}
