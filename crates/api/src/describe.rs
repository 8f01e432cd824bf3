//! The OpenAPI description, finished: what is the same for every operation is added here once.

use serde_json::{Value, json};
use utoipa::openapi::OpenApi;

const ABOUT: &str = "Returns and refunds for contact centres. Every path starts with the client \
    it is about, except those of the law, which can hold for everybody. Amounts are integer minor units with their ISO 4217 currency. Errors are RFC \
    9457 problems with a stable `type`, the rule that stands against it and what to do now. Send \
    `Idempotency-Key` with every POST: the same key with the same body gets the same answer and \
    does nothing twice. Send the `version` you saw with a command: if the case has changed \
    meanwhile the answer is 409 and nothing was done.";

/// `openapi` with security, path parameters, the idempotency key and the error answer.
pub fn finished(openapi: OpenApi) -> Value {
    let mut doc = serde_json::to_value(openapi).unwrap_or_default();
    doc["openapi"] = "3.1.0".into();
    doc["info"] = json!({
        "title": "Redress API", "version": "1", "description": ABOUT,
        "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
    });
    doc["servers"] = json!([{ "url": "/" }]);
    doc["security"] = json!([{ "key": [] }]);
    doc["components"]["securitySchemes"]["key"] = json!({
        "type": "http", "scheme": "bearer", "description": "An API key of a service account.",
    });
    doc["components"]["schemas"]["Problem"] = problem_schema();
    for (name, schema) in crate::order_schema::schemas() {
        doc["components"]["schemas"][name] = schema;
    }
    doc["components"]["schemas"]["Orders"]["properties"]["orders"]["items"] =
        json!({ "$ref": "#/components/schemas/OrderDraft" });
    if let Some(paths) = doc["paths"].as_object_mut() {
        for (path, item) in paths {
            let Some(operations) = item.as_object_mut() else {
                continue;
            };
            for (method, operation) in operations {
                complete(path, method, operation);
            }
        }
    }
    doc
}

fn complete(path: &str, method: &str, operation: &mut Value) {
    let mut parameters = operation["parameters"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let names = path.split('{').skip(1).filter_map(|p| p.split('}').next());
    let in_path = names.map(|name| {
        json!({
            "name": name, "in": "path", "required": true, "description": of_path(name),
            "schema": { "type": "string" },
        })
    });
    parameters.splice(0..0, in_path);
    if method == "post" {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "1 to 128 printable characters of your choice; the key of this request.",
            "schema": { "type": "string", "maxLength": 128 },
        }));
    }
    operation["parameters"] = parameters.into();
    let made = operation["responses"].get("201").cloned();
    if let Some(mut again) = made.filter(|_| operation["responses"].get("200").is_none()) {
        again["description"] = "The stored answer to the same request under the same key.".into();
        operation["responses"]["200"] = again;
    }
    operation["responses"]["default"] = json!({
        "description": "Not done; says why, which rule, and what to do now.",
        "content": { "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/Problem" },
        } },
    });
}

fn of_path(name: &str) -> &'static str {
    match name {
        "client" => "The client's short name, e.g. `northbeam`.",
        "order" => "The order's number or id (`ord_…`).",
        "case" => "The id of the return (`case_…`) or its RMA number.",
        "parcel" => "The id of the parcel (`pcl_…`).",
        "obligation" => "The id of the payment (`obl_…`).",
        "credit" => "The id of the account of store credit (`cred_…`).",
        "currency" => "ISO 4217 code.",
        "account" => "An account of the books, e.g. `shopper_liability`.",
        "endpoint" => "The id of the endpoint.",
        "pack" => "The name of the law pack, e.g. `uy`.",
        "draft" => "The id of the draft (`draft_…`).",
        "run" => "The id of the run (`run_…`).",
        "number" => "The number of the version.",
        "source" => "Who sends: `easypost` or `ups`.",
        _ => "",
    }
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "what_to_do"],
        "properties": {
            "type": { "type": "string", "examples": ["/problems/stale-version"] },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "what_to_do": { "type": "string" },
            "detail": { "type": "string" },
            "rule": { "type": "string", "description": "The right or clause that stands against it." },
            "who": { "type": "string", "description": "Who can allow it." },
            "fields": { "type": "array", "items": { "type": "object", "properties": {
                "field": { "type": "string", "examples": ["lines[0].units"] },
                "message": { "type": "string" },
            } } },
            "reasons": { "type": "array", "items": { "$ref": "#/components/schemas/ReasonView" } },
            "retry_after": { "type": "integer", "description": "Seconds." },
            "request_id": { "type": "string" },
        },
    })
}
