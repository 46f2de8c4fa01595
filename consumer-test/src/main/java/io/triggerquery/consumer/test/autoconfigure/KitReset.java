package io.triggerquery.consumer.test.autoconfigure;

import io.triggerquery.consumer.test.ScriptedFreshness;
import io.triggerquery.consumer.test.TriggerQueryKits;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Resets the kits before each test method, since tests share an application context. */
final class KitReset implements TestExecutionListener {

    @Override
    public void beforeTestMethod(TestContext test) {
        if (test.hasApplicationContext()) {
            ApplicationContext application = test.getApplicationContext();
            application.getBeanProvider(TriggerQueryKits.class).ifAvailable(TriggerQueryKits::reset);
            application.getBeanProvider(ScriptedFreshness.class).ifAvailable(ScriptedFreshness::reset);
        }
    }
}
