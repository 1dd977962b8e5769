namespace WhistleActors.Contract.Whistles;

/// <summary>Why a whistle is blown.</summary>
public enum Occasion { PublicDemand, KeyWork, JointEnforcement, Emergency }

/// <summary>How urgent a whistle is.</summary>
public enum Level { Daily, Campaign, Emergency }

/// <summary>Which chain of work a whistle belongs to.</summary>
public enum Chain { Enforcement, Management, Service, Development }

/// <summary>What a department is summoned as.</summary>
public enum DutyRole { Lead, Cooperating, Notified }

/// <summary>Where a whistle is in its life.</summary>
public enum WhistleStage { Open, Closed, Withdrawn, Voided, Proposed, Rejected, Merged }

/// <summary>How far a department has come with a summons. Overdue and late are marks beside it, not states.</summary>
public enum SummonsState { Summoned, Signed, Departed, CheckedIn, Reported, Settled, Released, Returned }

/// <summary>What a department owes by a time.</summary>
public enum Clock { Sign, CheckIn, Contact, Measures, Disposal, Report }

/// <summary>What became of the work.</summary>
public enum OutcomeKind { Resolved, Ledgered }

/// <summary>The geodetic datum of a position.</summary>
public enum Datum { Wgs84, Gcj02 }

/// <summary>What the command centre says to a dispute.</summary>
public enum RulingKind { Upheld, Reassigned, Referred }
