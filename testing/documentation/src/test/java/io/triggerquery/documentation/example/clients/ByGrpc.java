package io.triggerquery.documentation.example.clients;

import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.spi.SourceQuery;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A stub that another library has created is the client. */
class ByGrpc {

    private final LocalCopy copy;

    ByGrpc(LocalCopy copy) {
        this.copy = copy;
    }

    @TriggerQueryListener(topics = "billing.billing-changed", query = "billingQuery")
    void project(Snapshot<Billing> billing) {
        if (billing instanceof Snapshot.Found<Billing> found) {
            copy.store(found.state());
        } else {
            copy.delete(billing.id());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Client {

        @Bean
        @Source(value = "billing", version = "version", absence = Absence.NOT_FOUND)
        SourceQuery<Billing> billingQuery(BillingGrpc.BillingBlockingStub stub) {
            return SourceQuery.one(id -> Billing.of(stub.find(idRequest(id))));
        }

        @Bean
        FailureRule grpc() {
            return failure -> failure instanceof StatusRuntimeException status
                    ? switch (status.getStatus().getCode()) {
                        case NOT_FOUND -> Optional.of(FailureKind.ABSENT);
                        case UNAVAILABLE, DEADLINE_EXCEEDED, UNAUTHENTICATED -> Optional.of(FailureKind.UNAVAILABLE);
                        case INVALID_ARGUMENT -> Optional.of(FailureKind.REJECTED);
                        default -> Optional.empty();
                    }
                    : Optional.empty();
        }

        private static BillingGrpc.IdRequest idRequest(String id) {
            return new BillingGrpc.IdRequest(id);
        }
    }
}
