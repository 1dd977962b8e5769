namespace WhistleActors.Domain.Whistles;

/// <summary>Who whistles for whom (Pinggu's three directions; DOMAIN 3.2). Which of them a city allows stands in its pack.</summary>
public enum WhistleDirection
{
    /// <summary>街乡吹哨、部门报到.</summary>
    SubdistrictToDepartments,

    /// <summary>一门主责、其他配合: the initiating department leads and calls the others.</summary>
    DepartmentToDepartments,

    /// <summary>部门要求、街乡落实: a department calls subdistricts.</summary>
    DepartmentToSubdistricts,
}
