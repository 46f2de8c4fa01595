package io.triggerquery.consumer.test.autoconfigure;

import io.triggerquery.consumer.test.TriggerQueryKits;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Resets the kits before each test method, since tests share an application context. */
final class KitReset implements TestExecutionListener {

    @Override
    public void beforeTestMethod(TestContext test) {
        if (test.hasApplicationContext()) {
            test.getApplicationContext().getBeanProvider(TriggerQueryKits.class).ifAvailable(TriggerQueryKits::reset);
        }
    }
}
