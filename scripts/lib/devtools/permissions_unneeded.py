"""What the roles of the stack may do although no integration test needs it, and why."""

UNNEEDED = {
    r"(ReadDataPolicy|StateKeyPolicy|\w+Role) (De|En)crypt\w+": "the emulator encrypts with no key of KMS; "
    "BucketPolicyTest holds these statements to what reads and writes",
    r"(AllTables)?StateMachineRole DeliverLogs": "the emulator writes the logs of executions itself",
    r"(AllTables)?StateMachineRole RedriveMapRuns": "the emulator knows no redrive",
    r"StateMachineRole (StartMapRuns|WatchMapRuns)": "on the emulator, iterations of a Map run within the execution",
    r"AllTablesStateMachineRole StartTables .*:stateMachine:fanin-it-all": "the same",
    r"AllTablesStateMachineRole WatchTables .*:execution:fanin-it-all(/Tables)?:\*": "the same",
    r"AllTablesStateMachineRole HearOfEnds": "the emulator asks an execution how it stands",
    r"AllTablesStateMachineRole WatchTables states:StopExecution": "the emulator stops no execution with the one that "
    "waits for it",
    r"StateMachineRole RunGlueJobs glue:(GetJobRuns|BatchStopJobRun)": "the emulator asks for one run of a job, and "
    "does not stop it with the execution",
    r"(WebhookRole CallWebhook|OpenLineageRole CallOpenLineage)": "the emulator calls API destinations without "
    "the role of their rule",
    r"(Detector|ObjectEvents)FunctionRole ReadSpecs arn:\*:s3:::fanin-it-lake(/\*)?": "the tests' queries lie beside "
    "their data, which the detector may read",
    r"(ReadDataPolicy ReadData|ProcessorFunctionRole Write(Converted|Custom)Data) arn:\*:s3:::fanin-it-nowhere/.*": "a "
    "test asks for this bucket, which is not there",
    r"DetectorFunctionRole EmptyInbox": "in no test is all that an inbox names registered already; InboxDetectionTest "
    "and SimulationTest empty it",
    r"ProcessorFunctionRole WriteCustomData s3:DeleteObject": "no processor of the tests replaces its own object",
    r"TableCreatorFunctionRole WriteCatalog glue:GetPartitionIndexes": "no table of the tests has partition indexes",
    r"TableCreatorFunctionRole (ListVersions|RemoveVersions|AskWhoseFolderItIs)": "versions of partitions are kept for "
    "longer than the tests take; SimulationTest removes them",
    r"TableCreatorFunctionRole EmptyInbox .*/superseded/\*": "the same",
    r"TableCreatorFunctionRole (Deregister|LookForDataAgain)": "the tests' stack may not deregister; that of "
    "SimulationTest may",
}

SOMETIMES = {
    r"ProcessorFunctionRole WriteConvertedData s3:(AbortMultipartUpload|DeleteObject)": "an upload is given up, or a "
    "file removed, only after a failure between two requests",
    r"TableCreatorFunctionRole WriteCatalog glue:GetPartitions": "TrinoIT adds columns, and runs only where Trino is",
}
"""What some runs of the tests need, and others do not."""
