package io.triggerquery.demo.support;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Profile;

/** Lets changes publish nothing while {@link Faults#unpublished} is set, like a path of the code that forgets to. */
@Profile("demo")
final class ForgettingPublisher implements BeanPostProcessor {

    private final ObjectProvider<FaultsInterceptor> faults;

    ForgettingPublisher(ObjectProvider<FaultsInterceptor> faults) {
        this.faults = faults;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof TriggerPublisher publisher ? new Forgetting(publisher, faults) : bean;
    }

    private record Forgetting(TriggerPublisher publisher, ObjectProvider<FaultsInterceptor> faults)
            implements TriggerPublisher {

        @Override
        public Receipt tryPublish(String destination, String id) {
            return forgets() ? new Receipt.InTransaction() : publisher.tryPublish(destination, id);
        }

        @Override
        public Receipt tryPublish(String destination, String id, long version) {
            return forgets() ? new Receipt.InTransaction() : publisher.tryPublish(destination, id, version);
        }

        private boolean forgets() {
            return faults.getObject().faults().unpublished();
        }
    }
}
