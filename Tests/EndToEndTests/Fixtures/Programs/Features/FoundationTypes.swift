// Foundation: data, dates, formatters, URLs, notifications, threads, operations, timers, processes, files.

import Foundation

final class Observer { var heard: [String] = []; var token: (any NSObjectProtocol)?; deinit { print("observer ends", heard) } }
final class Work: Operation, @unchecked Sendable { let n: Int; var result = 0; init(_ n: Int) { self.n = n }; override func main() { if !isCancelled { result = n * n } } }
final class Worker: @unchecked Sendable { let done = DispatchSemaphore(value: 0); var value = 0; func main() { value = 42; Thread.current.threadDictionary["x"] = 1; done.signal() } }
final class Table: NSObject, NSCopying { var n: Int; init(_ n: Int) { self.n = n }; func copy(with zone: NSZone? = nil) -> Any { Table(n + 1) }; override var hash: Int { n }; override func isEqual(_ object: Any?) -> Bool { (object as? Table)?.n == n }; override var description: String { "table \(n)" } }
struct Failure: LocalizedError, CustomNSError { var errorDescription: String? { "it failed" }; static var errorDomain: String { "own" }; var errorCode: Int { 9 } }

func notifications() {
  let center = NotificationCenter(), observer = Observer(), name = Notification.Name("changed")
  observer.token = center.addObserver(forName: name, object: nil, queue: nil) { [unowned observer] n in observer.heard.append("\(n.name.rawValue) \(n.userInfo?["n"] as? Int ?? -1)") }
  for n in 0..<3 { center.post(name: name, object: observer, userInfo: ["n": n]) }
  center.removeObserver(observer.token!)
  center.post(name: name, object: nil)
}
func operations() -> [Int] {
  let queue = OperationQueue()
  queue.maxConcurrentOperationCount = 2
  let all = (0..<5).map { Work($0) }, last = BlockOperation { }
  for (a, b) in zip(all, all.dropFirst()) { b.addDependency(a) }
  all.forEach { last.addDependency($0) }
  all[4].cancel()
  queue.addOperations(all + [last], waitUntilFinished: true)
  return all.map(\.result)
}
func files() throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: "features-\(ProcessInfo.processInfo.processIdentifier)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appending(path: "a.txt")
  try "line 1\nline 2\n".write(to: file, atomically: true, encoding: .utf8)
  let handle = try FileHandle(forUpdating: file)
  try handle.seekToEnd(); try handle.write(contentsOf: Data("line 3\n".utf8)); try handle.close()
  let text = try String(contentsOf: file, encoding: .utf8), size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as! Int
  do { _ = try Data(contentsOf: folder.appending(path: "none")) } catch let e as CocoaError { return "\(text.split(separator: "\n").count) \(size) \(e.code == .fileReadNoSuchFile)" }
  return "?"
}
func process() throws -> String {
  let p = Process(), out = Pipe()
  p.executableURL = URL(filePath: "/bin/sh"); p.arguments = ["-c", "cat; exit 3"]; p.standardOutput = out
  let input = Pipe(); p.standardInput = input
  try p.run()
  input.fileHandleForWriting.write(Data("through a pipe".utf8)); try input.fileHandleForWriting.close()
  let data = try out.fileHandleForReading.readToEnd()!
  p.waitUntilExit()
  return String(decoding: data, as: UTF8.self) + " \(p.terminationStatus)"
}

notifications()
print(operations(), try files(), try process())
let worker = Worker(), thread = Thread { worker.main() }
thread.start()
worker.done.wait()
print(worker.value, thread.isMainThread, Thread.isMainThread)
var calendar = Calendar(identifier: .gregorian); calendar.timeZone = TimeZone(secondsFromGMT: 3600)!
let date = Date(timeIntervalSince1970: 1_700_000_000)
print(calendar.dateComponents([.year, .month, .day, .hour, .weekday], from: date).description, calendar.date(byAdding: .month, value: 4, to: date)!.timeIntervalSince(date), date.formatted(.iso8601), ISO8601DateFormatter().date(from: "2024-02-29T12:00:00Z")!.timeIntervalSince1970)
let formatter = DateFormatter(); formatter.locale = Locale(identifier: "en_US_POSIX"); formatter.timeZone = calendar.timeZone; formatter.dateFormat = "EEE d MMM yyyy HH:mm"
let numbers = NumberFormatter(); numbers.numberStyle = .decimal; numbers.locale = Locale(identifier: "en_US"); numbers.maximumFractionDigits = 2
print(formatter.string(from: date), numbers.string(from: 1234567.891)!, numbers.number(from: "1,234.5")!, 1234.5.formatted(.number.locale(Locale(identifier: "de_DE"))), ["a", "b", "c"].formatted(.list(type: .and).locale(Locale(identifier: "en_US"))))
var components = URLComponents(string: "https://user@example.org:8080/a/b%20c?x=1&y=two#f")!
components.queryItems!.append(URLQueryItem(name: "z", value: "ü"))
print(components.url!, components.host!, components.path, components.queryItems!.map { $0.value! }, URL(string: "../c?d", relativeTo: URL(string: "http://h/a/b/"))!.absoluteString, URL(filePath: "/a/./b/../c.txt").standardized.path, URL(filePath: "/x/y.tar.gz").pathExtension)
var data = Data("hello".utf8); data.append(contentsOf: [0, 255]); data.replaceSubrange(0..<1, with: [72]); data[1...2].reverse()
print(data as NSData, data.base64EncodedString(), Data(base64Encoded: "aGk=")!.count, data.firstRange(of: Data("ll".utf8)) as Any, data.subdata(in: 1..<3).map { $0 }, data.hashValue == data.hashValue)
let array = NSMutableArray(array: [1, "two", Table(3)]); array.add(Table(3).copy()); let set = NSMutableSet(); set.add(Table(1)); set.add(Table(1))
print(array.count, array[3], set.count, (array as? [Any])?.count as Any, NSString("a/b.c").lastPathComponent, NSNumber(value: 2.5).intValue, NSDictionary(dictionary: ["k": 1])["k"] as? Int as Any, Table(5) == Table(5), (Failure() as NSError).code, Failure().localizedDescription)
let json = try JSONSerialization.jsonObject(with: Data(#"{"a": [1, 2.5, null, "x"], "b": {"c": true}}"#.utf8)) as! [String: Any]
print((json["a"] as! [Any]).count, ((json["b"] as! [String: Any])["c"] as! Bool), String(decoding: try JSONSerialization.data(withJSONObject: ["z": [1, 2]], options: .sortedKeys), as: UTF8.self))
let predicate = NSRange("bcd".range(of: "cd")!, in: "bcd"), regex = try NSRegularExpression(pattern: "(\\w)(\\d)")
var found: [String] = []
regex.enumerateMatches(in: "a1 b2 c", range: NSRange(location: 0, length: 7)) { m, _, stop in found.append("\(m!.range.location)"); if found.count == 2 { stop.pointee = true } }
print(predicate.location, found, NSAttributedString(string: "x").length, Measurement(value: 1, unit: UnitLength.kilometers).converted(to: .meters).value, UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F")!, IndexSet([1, 2, 5]).rangeView.count, "a-b".components(separatedBy: "-"), IndexPath(indexes: [1, 2]).count)
var fired = 0
let timer = Timer(timeInterval: 0.001, repeats: true) { t in fired += 1; if fired == 3 { t.invalidate() } }
RunLoop.current.add(timer, forMode: .default)
while fired < 3 { _ = RunLoop.current.run(mode: .default, before: Date(timeIntervalSinceNow: 0.01)) }
print("fired", fired, timer.isValid, UserDefaults(suiteName: "features")!.integer(forKey: "none"), Progress(totalUnitCount: 10).fractionCompleted, ByteCountFormatter().string(fromByteCount: 2048), ProcessInfo.processInfo.arguments.count)
let lock = NSLock(), condition = NSCondition(); var ready = false
Thread.detachNewThread { condition.withLock_ { ready = true; condition.signal() } }
condition.withLock_ { while !ready { condition.wait() } }
print(lock.withLock { ready }, lock.try())
extension NSCondition { func withLock_(_ body: () -> Void) { lock(); body(); unlock() } }
