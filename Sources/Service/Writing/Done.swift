internal import StrictJSON
internal import Wire

/// An answer that has nothing to tell.
struct Done: WireValue {
    init() {}

    init?(fields: JSONFields) {}

    var object: JSONObject { JSONObject() }
}
