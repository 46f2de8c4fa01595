package com.example.payments;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;

interface Billings extends JpaRepository<Billing, String> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<Billing> findByPaymentId(String paymentId);
}
