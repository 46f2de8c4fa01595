package io.triggerquery.demo.payment;

import java.util.List;

/** A page of a search and the total number of matching payments. The template reads its public methods. */
record PaymentPage(List<PaymentRow> content, int page, int size, long total) {

    public long pages() {
        return Math.max(1, (total + size - 1) / size);
    }

    public boolean hasNext() {
        return page + 1L < pages();
    }
}
