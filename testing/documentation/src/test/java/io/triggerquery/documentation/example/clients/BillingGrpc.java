package io.triggerquery.documentation.example.clients;

import io.triggerquery.documentation.example.clients.StatusRuntimeException.Code;
import io.triggerquery.documentation.example.clients.StatusRuntimeException.Status;
import java.util.Map;

/** Stands for what the gRPC compiler generates. */
final class BillingGrpc {

    private BillingGrpc() {}

    record IdRequest(String id) {}

    record Answer(String paymentId, long version) {}

    record BillingBlockingStub(Map<String, Long> versions) {

        Answer find(IdRequest request) {
            String paymentId = request.id();
            if (!versions.containsKey(paymentId)) {
                throw new StatusRuntimeException(new Status(Code.NOT_FOUND));
            }
            return new Answer(paymentId, versions.get(paymentId));
        }
    }
}
