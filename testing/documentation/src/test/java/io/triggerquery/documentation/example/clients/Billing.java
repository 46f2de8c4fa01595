package io.triggerquery.documentation.example.clients;

record Billing(String paymentId, boolean billed, long version) {

    static Billing of(BillingGrpc.Answer answer) {
        return new Billing(answer.paymentId(), true, answer.version());
    }
}
