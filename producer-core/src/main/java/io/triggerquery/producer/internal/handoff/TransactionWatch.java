package io.triggerquery.producer.internal.handoff;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Watches the transactions of every transaction manager that is a bean, so that publishing knows the phase of its
 * transaction.
 *
 * <p>Threads: any. Bounds: one small object for each transaction.
 */
public final class TransactionWatch implements BeanPostProcessor, PriorityOrdered {

    private final TransactionExecutionListener listener = new TransactionExecutionListener() {
        @Override
        public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
            if (failure == null && transaction.isNewTransaction()) {
                OngoingTransaction.afterBegin();
            }
        }

        @Override
        public void beforeCommit(TransactionExecution transaction) {
            // not for a savepoint
            if (transaction.isNewTransaction()) {
                OngoingTransaction.beforeWatchedCommit();
            }
        }
    };

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager manager
                && !manager.getTransactionExecutionListeners().contains(listener)) {
            manager.addListener(listener);
        }
        return bean;
    }

    /** Returns the highest precedence, because other post-processors may depend on transaction managers. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
