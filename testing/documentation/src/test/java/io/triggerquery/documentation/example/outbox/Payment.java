package io.triggerquery.documentation.example.outbox;

record Payment(String id, long version) {

    String toJson() {
        return "{\"id\":\"" + id + "\",\"version\":" + version + "}";
    }
}
