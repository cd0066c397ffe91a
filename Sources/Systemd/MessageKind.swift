/// Every kind of message that infusiond sends to the journal, one constant 128-bit id each.
///
/// The ids are part of the interface: catalogue texts, monitoring rules and `journalctl MESSAGE_ID=…` name them. An id
/// is never changed and never used again for another kind.
package enum MessageKind: UInt128, CaseIterable, Sendable {
    // Courses.
    case courseBooked = 0x2c76_eb65_8f44_4959_a7bb_3735_1acb_167a
    case courseChanged = 0x8911_26ab_1040_4766_b4b4_846c_8791_e2b4
    case courseRefused = 0xde41_4841_e3b8_4322_992c_9aaf_b701_743f
    case courseHeld = 0xdd53_b564_13ac_420c_8be8_82eb_a6d6_4b0f
    case courseCeased = 0x2c2c_1468_c260_4ec3_9d13_f5b0_7bf9_af24
    case courseInterrupted = 0x1875_ea49_e6fb_4d97_9b1d_8f8b_1017_b989

    // Visits.
    case visitToConfirm = 0x59be_28d4_f852_4895_986a_3bf9_c03c_f775
    case visitReminder = 0x0a28_a694_2a74_4524_ba73_4733_f478_4d7a
    case escortMissing = 0x76de_1658_1b13_4cd3_8568_0a01_0568_a112
    case visitLate = 0x0205_eb68_a27c_4e76_a814_80f1_7926_1be6
    case visitOverrun = 0x0dd4_269b_1fe2_443b_8cd7_44df_ff7f_d8b4
    case visitUnattended = 0x6d0e_3c5b_9a41_4f7e_8b1d_27c4_e95f_a318
    case visitNoShow = 0x953d_0f6b_c10a_45cc_9aaf_8a5e_8d8a_5ed6
    case visitNotTreated = 0xacb3_ba83_7e47_4b68_9e4f_5dda_7a29_cca0
    case visitCancelledLate = 0x5fb6_772e_3d81_47f7_87e2_9c02_a6f2_34fa

    // Places and repair.
    case placeFreed = 0xab96_de7d_9412_4a1b_bab1_f832_cc31_8f9d
    case waitlistMatch = 0x899d_c278_e0ee_4b21_8fea_65c8_7b39_3566
    case resourceLost = 0xd51d_d572_977e_490b_83ff_562b_084d_6971
    case repairProposed = 0x115d_d318_2991_471e_a5ba_d93a_5fde_4e8b
    case repairApplied = 0x9558_a74d_15f9_4933_bc4f_490f_1cf9_9aa0

    // What falls due.
    case gateDue = 0x4f6e_4d1d_c6b5_4bd8_93e3_64f4_ee43_7014
    case gateMissed = 0x2c86_2386_d073_4568_b144_4ac7_9f99_943c
    case checkDue = 0xb654_d56a_41f9_4a31_85f6_d636_2f60_e1a9
    case inductionSlipping = 0x125b_69e3_7874_4c7a_a3e9_2296_66f1_1e53
    case goalAtRisk = 0x7d3e_91c4_5b0a_4f62_9e18_c6a7_30d2_4b95
    case authorisationShort = 0x09d3_8956_7f2e_43d4_aa58_1997_44d3_f984
    case credentialExpiring = 0x61d2_65f1_c74a_4d09_8c4b_94b9_28fd_1705
    case prerequisiteMissing = 0x9fb0_c6d8_e086_4006_887e_2093_1fa4_929e
    case taskDue = 0xddc9_83c7_82f4_4331_99da_01a3_bc85_b831
    case reviewDue = 0xf4a3_b139_10d6_4aba_8018_2e43_2f4e_b79d
    case holdExpired = 0x6b1e_9c52_d0f7_4e3a_9d84_21c7_5af0_3be6

    // The service itself.
    case serviceStarted = 0x7774_ff30_30bb_4848_81a6_6153_eadb_13c8
    case serviceStopped = 0x38ce_1f26_9603_4926_8968_8866_3a41_8995
    case configurationReloaded = 0xeccc_8282_30d9_4adb_a315_4adc_fb92_3381
    case configurationRefused = 0x82ca_74ff_045d_4955_bd61_da89_2a30_78ab
    case storageFailed = 0x165d_70d0_8fd7_4a03_9ddf_f0f8_75e4_1b1b

    /// The MESSAGE_ID of this kind.
    package var id: MessageID { MessageID(rawValue) }

    /// How urgent a message of this kind is.
    ///
    /// `error` needs a person now or the day goes wrong, `warning` needs one soon, `notice` is work that has fallen
    /// due, `informational` is a record of something that was done. Only a failing storage is `critical`.
    package var priority: Priority {
        switch self {
        case .storageFailed: .critical
        case .resourceLost, .visitUnattended, .gateMissed, .configurationRefused: .error
        case .courseInterrupted, .escortMissing, .visitLate, .visitOverrun, .visitNoShow, .visitNotTreated,
            .visitCancelledLate, .inductionSlipping, .goalAtRisk, .authorisationShort, .credentialExpiring,
            .prerequisiteMissing:
            .warning
        case .visitToConfirm, .visitReminder, .placeFreed, .waitlistMatch, .repairProposed, .gateDue, .checkDue,
            .taskDue, .reviewDue, .holdExpired, .courseHeld, .courseCeased, .courseRefused, .serviceStarted,
            .serviceStopped,
            .configurationReloaded:
            .notice
        case .courseBooked, .courseChanged, .repairApplied: .informational
        }
    }
}
